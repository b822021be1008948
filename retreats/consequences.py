"""What the first floor does when something of the ground floor is written."""

from programmes import merging
from wiego_review.common import floors

floors.consequences["merge"].append(merging.mover("retreats"))
floors.previews["merge"].append(merging.previewer("retreats"))
