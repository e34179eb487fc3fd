"""A photograph that goes into a paper."""

import base64
from dataclasses import dataclass


@dataclass(frozen=True)
class Picture:
    """A photograph as JPEG, with its width and height."""

    content: bytes
    width: int
    height: int

    @property
    def svg(self) -> str:
        """The same as a drawing, which goes into a paper as text."""
        data = base64.b64encode(self.content).decode()
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}">'
            f'<image width="{self.width}" height="{self.height}" href="data:image/jpeg;base64,{data}"/></svg>'
        )
