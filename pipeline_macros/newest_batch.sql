{#
    Of made rows only those of the batch that was made last.

    Args:
        made: a relation with `made_at`.
#}
{% macro newest_batch(made) %}
    select *
    from {{ made }}
    qualify made_at = max(made_at) over ()
{%- endmacro %}
