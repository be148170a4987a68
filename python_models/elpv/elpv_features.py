"""What the network sees in each solar cell, by the code that sees customers' photographs."""

import numpy as np
import pyarrow as pa

from electronics.elpv import levels
from electronics.vision import EMBEDDING_SIZE
from electronics.vision.squeezenet import embed_levels


def model(dbt, session):
    """A row a cell: its numbers, and how bright and uneven it is."""
    dbt.config(materialized="table", schema="silver")
    cells = dbt.ref("elpv_cells").order("cell_id").to_arrow_table()
    images = np.stack([levels(content) for content in cells["content"].to_pylist()])
    embedding = pa.array(list(embed_levels(images)), pa.list_(pa.float32(), EMBEDDING_SIZE))
    return (
        cells.drop_columns(["content"])
        .append_column("embedding", embedding)
        .append_column("brightness", pa.array(images.mean(axis=(1, 2, 3))))
        .append_column("contrast", pa.array(images.std(axis=(1, 2, 3))))
    )
