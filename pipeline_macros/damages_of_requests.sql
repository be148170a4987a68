{#
    One row a request: the damage of the highest mean probability over its
    photographs, and that probability.

    Args:
        assessments: a relation of photographs with their `request_id` and
            `predicted_damage_type_probs`.
#}
{% macro damages_of_requests(assessments) %}
    select
        request_id,
        arg_max(damage_type, (probability, damage_type)) as damage_type,
        round(max(probability), 6) as damage_probability
    from (

        select
            request_id,
            probability.label as damage_type,
            avg(probability.prob) as probability
        from (

            select
                request_id,
                unnest(predicted_damage_type_probs) as probability
            from {{ assessments }}

        )
        group by request_id, probability.label

    )
    group by request_id
{% endmacro %}
