# What lists of documents look for words in, and guides by their column.

from django.db import migrations, models
from django.db.models import Q, Value
from django.db.models.functions import Concat, Lower

_APART = Value("\n")


class Migration(migrations.Migration):
    dependencies = [
        ("publication", "0005_joint"),
    ]

    operations = [
        migrations.AddField(
            model_name="document",
            name="sought",
            field=models.GeneratedField(
                db_persist=True,
                expression=Lower(
                    Concat("title", _APART, "document_number", _APART, "index_number")
                ),
                output_field=models.TextField(),
            ),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                fields=[
                    "body",
                    "first_published_on",
                    "attribute",
                    "withdrawn_on",
                    "matter",
                ],
                name="document_of_year",
            ),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                condition=~Q(column="statutory"),
                fields=["body", "column", "-id"],
                name="document_of_column",
            ),
        ),
    ]
