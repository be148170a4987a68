{#
    Labelled photographs, each with its similarity (cosine) to the most similar
    one of a holdout; those that look the same are left out. The similarity is
    null, and none is left out, while the holdout is empty.

    Args:
        labelled: a relation of photographs with their `embedding`.
        holdout: a relation of the holdout's.
#}
{% macro unlike_holdout(labelled, holdout) %}
    select
        labelled.*,
        similarities.holdout_similarity
    from {{ labelled }} as labelled
    left join (

        select
            labelled.photo_id,
            round(
                max(array_cosine_similarity(labelled.embedding, holdout.embedding)),
                4
            )::double as holdout_similarity
        from {{ labelled }} as labelled
        cross join {{ holdout }} as holdout
        group by labelled.photo_id

    ) as similarities
        on labelled.photo_id = similarities.photo_id
    where
        coalesce(similarities.holdout_similarity, -1)
        <= {{ var('near_duplicate_similarity') }}
{% endmacro %}
