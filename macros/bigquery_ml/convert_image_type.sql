{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro convert_image_type(image) -%}
    {{ return(adapter.dispatch('convert_image_type', 'goldloop')(image)) }}
{%- endmacro %}

{% macro default__convert_image_type(image) -%}
    {%- set arguments = [
        image,
    ] -%}
    {{ goldloop._ml_value('convert_image_type', 'ML.CONVERT_IMAGE_TYPE', arguments, false) }}
{%- endmacro %}
