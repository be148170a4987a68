"""What the network sees in each photograph: a row of numbers, added once a photograph."""

import pyarrow as pa

from electronics.vision import EMBEDDING_SIZE, UnreadableImageError, decode_png, embed_images


def model(dbt, session):
    """Embed the photographs that have no row yet; one that cannot be decoded keeps its reason."""
    dbt.config(materialized="incremental", incremental_strategy="append", schema="silver")
    listed = dbt.ref("gold_photographs")
    files = dbt.ref("bronze_photographs")
    seen = f"select photo_id, sha256 from {dbt.this}" if dbt.is_incremental else ""
    unseen = f"where (photo_id, sha256) not in ({seen})" if seen else ""
    rows = session.sql(
        f"""
        select photo_id, sha256, any_value(content) as content
        from listed inner join files using (photo_id, sha256)
        {unseen} group by all order by photo_id
        """
    ).fetchall()

    decoded, reasons = [], []
    for _, _, content in rows:
        try:
            decoded.append(decode_png(content))
            reasons.append(None)
        except UnreadableImageError as error:
            reasons.append(str(error))
    import numpy as np

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
        }
    )
