{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro decode_image(bytes) -%}
    {{ return(adapter.dispatch('decode_image', 'goldloop')(bytes)) }}
{%- endmacro %}

{% macro default__decode_image(bytes) -%}
    {%- set arguments = [
        bytes,
    ] -%}
    {{ goldloop._ml_value('decode_image', 'ML.DECODE_IMAGE', arguments, false) }}
{%- endmacro %}
