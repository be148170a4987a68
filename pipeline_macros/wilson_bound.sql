{#
    An end of Wilson's score interval of a share (1927).

    Args:
        share: expression of the share, 0 to 1.
        n: expression of how many it is a share of.
        z: standard errors: 1.96 for 95 % on both sides.
        side: - for the lower end, + for the upper.
#}
{% macro wilson_bound(share, n, z, side) -%}
(
            {{ share }} + {{ z }} * {{ z }} / (2 * {{ n }})
            {{ side }} {{ z }} * sqrt(
                {{ share }} * (1 - {{ share }}) / {{ n }}
                + {{ z }} * {{ z }} / (4 * {{ n }} * {{ n }})
            )
        ) / (1 + {{ z }} * {{ z }} / {{ n }})
{%- endmacro %}
