{#
    Each row's probabilities are a distribution: none is missing or outside 0 to 1,
    and together they are 1.

    Args:
        column_name: of lists of {label, prob}; dbt fills it in.
#}
{% test probabilities(model, column_name) %}
    with

    probabilities as (

        select list_transform({{ column_name }}, lambda each: each.prob) as probs
        from {{ model }}

    )

    select probs
    from probabilities
    where
        not coalesce(
            list_min(probs) >= 0
            and list_count(probs) = len(probs)
            and abs(list_sum(probs) - 1) < 1e-6,
            false
        )
{% endtest %}
