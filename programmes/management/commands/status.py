from django.core.management.base import BaseCommand

from programmes import status


class Command(BaseCommand):
    help = "Tell how this installation stands. The exit code is 1 where something needs a hand."
    requires_system_checks = []

    def handle(self, **options):
        lines = status.lines()
        for line in lines:
            mark = "!" if line.hand else " "
            self.stdout.write(f"{mark} {line.name + ':':<15} {line.words}")
        needy = sum(line.hand for line in lines)
        if needy:
            self.stdout.write(f"{needy} of these need a hand (marked !).")
            raise SystemExit(1)
        self.stdout.write("All is well.")
