from .assignment import Assignment
from .decision import Decision
from .follow_up import ENDED, FollowUp
from .output import Output
from .output_version import OutputVersion
from .update import Update

__all__ = ["ENDED", "Assignment", "Decision", "FollowUp", "Output", "OutputVersion", "Update"]
