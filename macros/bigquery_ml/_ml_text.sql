{#- A text as the adapter's SQL quotes it. -#}
{% macro _ml_text(value) -%}
    {{ return(adapter.dispatch('_ml_text', 'goldloop')(value)) }}
{%- endmacro %}

{% macro default___ml_text(value) -%}
    {{ return("'" ~ value | replace("'", "''") ~ "'") }}
{%- endmacro %}

{% macro bigquery___ml_text(value) -%}
    {{ return("'" ~ value | replace("\\", "\\\\") | replace("'", "\\'") ~ "'") }}
{%- endmacro %}
