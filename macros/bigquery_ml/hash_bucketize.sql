{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro hash_bucketize(string_expression, hash_bucket_size) -%}
    {{ return(adapter.dispatch('hash_bucketize', 'goldloop')(string_expression, hash_bucket_size)) }}
{%- endmacro %}

{% macro default__hash_bucketize(string_expression, hash_bucket_size) -%}
    {%- set arguments = [
        string_expression,
        goldloop._ml_literal(hash_bucket_size),
    ] -%}
    {{ goldloop._ml_value('hash_bucketize', 'ML.HASH_BUCKETIZE', arguments, false) }}
{%- endmacro %}
