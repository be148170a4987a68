{#
    What the shop asks for a repair: its cost with the margin, in steps of five euros.
    Null of an unknown cost; greatest(null, 0) would repair it for nothing.

    Args:
        cost: expression of the cost, euros.
#}
{% macro price_of(cost) -%}
    5 * ceil(if({{ cost }} < 0, 0, {{ cost }}) * {{ var('quote_margin') }} / 5)
{%- endmacro %}
