{#
    The e-mail address in a text, in lower case; null where there is none.

    Args:
        text: expression of the text.
#}
{% macro email_in(text) -%}
    nullif(lower(regexp_extract({{ text }}, '[\w.+-]+@[\w-]+(?:\.[\w-]+)+')), '')
{%- endmacro %}
