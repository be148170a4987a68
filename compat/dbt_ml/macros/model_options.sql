{#- OPTIONS(…) of CREATE MODEL; `labels` are those that dbt's config gives the resource. -#}
{% macro model_options(ml_config, labels) -%}
    {%- set pairs = [] -%}
    {%- for name, value in ml_config.items() -%}
        {%- set is_search = value is not string and value is sequence and value | length > 0
            and value[0] in ('hparam_range', 'hparam_candidates') -%}
        {%- if is_search -%}
            {%- set arguments = value[1:] | map('tojson') | join(', ') -%}
            {%- do pairs.append(name ~ '=' ~ value[0] ~ '(' ~ arguments ~ ')') -%}
        {%- else -%}
            {%- do pairs.append(name ~ '=' ~ value | tojson) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if labels -%}
        {{ exceptions.raise_compiler_error(
            "dbt_ml.model_options: resource labels (" ~ labels | tojson ~ ") are BigQuery's to bill"
            ~ " by; a DuckDB database has none. Leave them out."
        ) }}
    {%- endif -%}
    {{ return('options(' ~ pairs | join(', ') ~ ')') }}
{%- endmacro %}
