from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0014_amends"),
    ]

    operations = [
        migrations.AlterField(
            model_name="proposal",
            name="no_letter",
            field=models.TextField(blank=True, verbose_name="不发文书的理由"),
        ),
    ]
