{#- A post-hook of models: inserts a row on the model just trained into the audit table. -#}
{% macro model_audit() -%}
    {%- if execute -%}
        {%- set ml_config = {} -%}
        {%- for name, value in dbt_ml.config_meta_get('ml_config', {}).items() -%}
            {%- do ml_config.update({name | lower: value}) -%}
        {%- endfor -%}
        {%- set types = dbt_ml._audit_table_columns() -%}
        {%- set values = [
            dbt_ml._literal(this.table), dbt_ml._literal(this.schema), 'current_timestamp'
        ] -%}
        {%- for name, columns in dbt_ml._audited(ml_config.model_type or '').items() -%}
            {%- set cast_to = ' as ' ~ adapter.duckdb_type(types[name]) ~ ')' -%}
            {%- if columns is none -%}
                {%- do values.append('cast(null' ~ cast_to) -%}
            {%- else -%}
                {%- set query = goldloop._translated(
                    'dbt_ml.model_audit',
                    'select ' ~ columns | join(', ') ~ ' from ml.' ~ name ~ '(model ' ~ this ~ ')',
                    'bigquery'
                ) -%}
                {%- do values.append(
                    'cast((select coalesce(list(audited), []) from (' ~ query ~ ') as audited)' ~ cast_to
                ) -%}
            {%- endif -%}
        {%- endfor -%}
        insert into {{ dbt_ml._audit_relation() }} ({{ types | join(', ') }})
        select {{ values | join(', ') }}
    {%- endif -%}
{%- endmacro %}
