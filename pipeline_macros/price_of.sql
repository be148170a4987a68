{#
    What the shop asks for a repair: its cost with the margin, in steps of five euros.
    Null of an unknown cost.

    Args:
        cost: expression of the cost, euros.
#}
{% macro price_of(cost) -%}
    5 * ceil({{ no_less(cost) }} * {{ var('quote_margin') }} / 5)
{%- endmacro %}
