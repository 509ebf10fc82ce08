"""What migrations share that add a kind of notice."""

from django.apps.registry import Apps
from django.db import migrations


def told_by_mail(*kinds: str) -> migrations.RunPython:
    """Let whoever gets e-mail get it of kinds that were not there to choose."""

    def add(apps: Apps, _editor: object) -> None:
        for row in apps.get_model("notices", "Preference").objects.exclude(email=[]):
            row.email = [*row.email, *(kind for kind in kinds if kind not in row.email)]
            row.save(update_fields=("email",))

    return migrations.RunPython(add, migrations.RunPython.noop)
