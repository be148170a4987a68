{#
    What the shop asks for a repair: its cost with the margin, in steps of five euros.

    Args:
        cost: expression of the cost, euros.
#}
{% macro price_of(cost) -%}
    5 * ceil(greatest({{ cost }}, 0) * {{ var('quote_margin') }} / 5)
{%- endmacro %}
