from django.db import migrations

from mingtang_web.notices.migrations._mail import told_by_mail


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0009_recalled"),
    ]

    operations = [
        told_by_mail("signed_late"),
    ]
