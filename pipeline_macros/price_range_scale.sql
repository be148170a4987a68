{#
    What an error of a cost is measured in: repairs expected to cost more are
    further off, and even the cheapest are by some euros.

    Args:
        expected_cost: expression of the expected cost, euros.
#}
{% macro price_range_scale(expected_cost) -%}
    (greatest({{ expected_cost }}, 0) + {{ var('price_range_floor') }})
{%- endmacro %}
