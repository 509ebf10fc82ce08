"""A mode of delivery said in Chinese alone; no table changes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("letters", "0001_first"),
    ]

    operations = [
        migrations.AlterField(
            model_name="deliveryrecord",
            name="mode",
            field=models.CharField(
                choices=[
                    ("on_the_spot", "当场作出并交付"),
                    ("direct", "直接送达"),
                    ("entrusted", "委托其他行政机关代为送达"),
                    ("post", "邮寄送达（须经邮政企业）"),
                    ("electronic", "电子送达"),
                    ("announcement", "公告送达（签收日期填公告期满之日）"),
                ],
                max_length=16,
                verbose_name="送达方式",
            ),
        ),
    ]
