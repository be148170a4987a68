{#
    Both ends of Wilson's 95 % interval of a share, as columns: its name with
    _low and _high, rounded to four decimals.

    Args:
        share: a column.
        n: a column, of how many it is a share.
#}
{% macro wilson_interval(share, n) -%}
round({{ wilson_bound(share, n, '1.96', '-') }}, 4)
            as {{ share }}_low,
        round({{ wilson_bound(share, n, '1.96', '+') }}, 4)
            as {{ share }}_high
{%- endmacro %}
