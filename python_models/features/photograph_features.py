"""What the network sees in each photograph: a row of numbers, made once a photograph.

Rows that an earlier release made by another extractor are made anew: a model must not learn from
numbers of two kinds.
"""

import numpy as np
import pyarrow as pa

from electronics.vision import (
    EMBEDDING_SIZE,
    EXTRACTOR,
    UnreadableImageError,
    decode_png,
    embed_images,
)


def model(dbt, session):
    """Embed the photographs that have no row yet; one that cannot be decoded keeps its reason."""
    dbt.config(
        materialized="incremental",
        incremental_strategy="delete+insert",
        unique_key="photo_id",
        on_schema_change="append_new_columns",
        schema="silver",
    )
    listed = dbt.ref("gold_photographs").project("photo_id, sha256")
    # The same bytes may have landed twice; one row a photograph is enough.
    files = dbt.ref("bronze_photographs").aggregate(
        "photo_id, sha256, any_value(content) as content"
    )
    if dbt.is_incremental:
        made = session.sql(f"select * from {dbt.this}")
        if "extractor" in made.columns:
            made = made.filter(f"extractor = '{EXTRACTOR}'")
            listed = listed.except_(made.project("photo_id, sha256"))
    rows = listed.join(files, "photo_id, sha256").order("photo_id").fetchall()

    decoded, reasons = [], []
    for _, _, content in rows:
        try:
            decoded.append(decode_png(content))
            reasons.append(None)
        except UnreadableImageError as error:
            reasons.append(str(error))
    embeddings = iter(embed_images(np.stack(decoded)) if decoded else ())
    return pa.table(
        {
            "photo_id": pa.array([row[0] for row in rows], pa.string()),
            "sha256": pa.array([row[1] for row in rows], pa.string()),
            "embedding": pa.array(
                [None if reason else next(embeddings) for reason in reasons],
                pa.list_(pa.float32(), EMBEDDING_SIZE),
            ),
            "unreadable_reason": pa.array(reasons, pa.string()),
            "extractor": pa.array([EXTRACTOR] * len(rows), pa.string()),
        }
    )
