{#
    A value, or the least that it may be; null where the value is unknown, which
    greatest() passes over: greatest(null, 0) is 0.

    Args:
        value: expression of the value.
        least: expression of the least.
#}
{% macro no_less(value, least=0) -%}
    if({{ value }} < {{ least }}, {{ least }}, {{ value }})
{%- endmacro %}
