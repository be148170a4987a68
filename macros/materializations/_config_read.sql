{#-
    The config values that a Python model's code reads, by name: dbt notes which when it parses the
    file, and hands them to the code.
-#}
{% macro _config_read(node) %}
    {%- set config = node.config -%}
    {%- set meta = config.get('meta') or {} -%}
    {%- set read = {} -%}
    {%- for key, default in zip(
        config.get('config_keys_used') or [], config.get('config_keys_defaults') or []
    ) -%}
        {%- do read.update({'config.' ~ key: config.get(key, default)}) -%}
    {%- endfor -%}
    {%- for key, default in zip(
        config.get('meta_keys_used') or [], config.get('meta_keys_defaults') or []
    ) -%}
        {%- do read.update({'meta.' ~ key: meta.get(key, default)}) -%}
    {%- endfor -%}
    {{ return(read) }}
{% endmacro %}
