{#
    One row a request: the mean severity over its photographs, from 0 to 1.

    Args:
        severities: a relation of photographs with their `request_id` and
            `predicted_severity`.
#}
{% macro severities_of_requests(severities) %}
    select
        request_id,
        greatest(0, least(1, avg(predicted_severity))) as severity
    from {{ severities }}
    group by request_id
{% endmacro %}
