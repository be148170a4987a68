{% macro train_and_drop() %}
    {% set relation = api.Relation.create(
        database=target.database, schema=target.schema, identifier='by_hand'
    ) %}
    {% set training -%}
        create model {{ relation }} options(model_type='linear_reg', input_label_cols=['y'])
        as select 1 as x, 2 as y union all select 2, 4
    {%- endset %}
    {% do run_query("select goldloop_run('" ~ training | replace("'", "''") ~ "')") %}
    {% set versions = run_query(
        "select count(*) from goldloop.model_versions where model_name = 'by_hand'"
    ) %}
    {% do log('by_hand had ' ~ versions.rows[0][0] ~ ' version', info=true) %}
    {% do dbt_ml.drop_model(relation) %}
{% endmacro %}
