{#- {label, problem_type} of a model: as given, else its ml_config's, else its card's. -#}
{%- macro _evaluated(model, label, problem_type) -%}
    {%- set options = goldloop._ml_config(model) -%}
    {%- set labels = options.get('input_label_cols') or options.get('labels') -%}
    {%- if options and not labels -%}{%- set labels = ['label'] -%}{%- endif -%}
    {%- if labels is string -%}{%- set labels = [labels] -%}{%- endif -%}
    {%- set found = {
        'label': label or (labels[0] if labels else none),
        'problem_type': problem_type or goldloop._problem_type_of(options.get('model_type')),
    } -%}
    {%- if not (found.label and found.problem_type) -%}
        {%- if load_relation(model) is none -%}
            {{ exceptions.raise_compiler_error(
                "goldloop.evaluate: " ~ model ~ " is not built and its ml_config does not tell its"
                ~ " label and problem type. Build it first (dbt build --select " ~ model.identifier
                ~ "), or pass label='…' and problem_type='…'."
            ) }}
        {%- endif -%}
        {%- set card = run_query(
            "select label, problem_type from " ~ model ~ " where status = 'champion'"
        ) -%}
        {%- if card | length == 0 -%}
            {{ exceptions.raise_compiler_error(
                "goldloop.evaluate: " ~ model ~ " has no champion. Train it first (dbt build --select "
                ~ model.identifier ~ "), or pass label='…' and problem_type='…'."
            ) }}
        {%- endif -%}
        {%- do found.update({
            'label': found.label or card.rows[0]['label'],
            'problem_type': found.problem_type or card.rows[0]['problem_type'],
        }) -%}
    {%- endif -%}
    {#- Two classes or more is the table macro's to see. -#}
    {%- if found.problem_type.endswith('_classification') -%}
        {%- do found.update({'problem_type': 'classification'}) -%}
    {%- endif -%}
    {%- if goldloop._metric_names(found.problem_type) is not defined -%}
        {{ exceptions.raise_compiler_error(
            "goldloop.evaluate: cannot evaluate " ~ model ~ ", whose problem type is "
            ~ found.problem_type | tojson ~ ". Expected regression, classification or clustering."
        ) }}
    {%- endif -%}
    {{ return(found) }}
{%- endmacro -%}
