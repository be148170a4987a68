{#- The audit table that the vars name. -#}
{%- macro _audit_relation() -%}
    {{ return(api.Relation.create(
        database=target.database,
        schema=var('dbt_ml:audit_schema'),
        identifier=var('dbt_ml:audit_table'),
        type='table'
    )) }}
{%- endmacro -%}
