{#-
    The ten products that the serving model finds likeliest for each customer,
    of those the customer does not own. A customer's ten are appended together,
    when what is known of any of them has changed.
-#}
{{ config(materialized='incremental') }}

with

scored as (

    {{ goldloop.predict(
        ref('product_recommender'), ref('recommendation_pairs')
    ) }}

),

probable as (

    select
        * exclude (predicted_is_bought, predicted_is_bought_probs),
        round(
            list_sum([
                if(
                    struct_extract(one, 'label'),
                    struct_extract(one, 'prob'),
                    0
                )
                for one in predicted_is_bought_probs
            ]),
            6
        ) as score
    from scored

),

best as (

    select
        *,
        row_number() over (
            partition by customer_id
            order by score desc, product_id
        )::integer as place
    from probable
    qualify place <= 10

),

customers as (

    select
        customer_id,
        list(best order by place) as recommended,
        {{ goldloop.as_of() }} as as_of
    from best
    group by customer_id

),

known as (

    select
        src.*,
        {{ goldloop.provenance(
            ref('product_recommender'), 'customer_id', 'src', ['recommended']
        ) | indent(8) }}
    from customers as src

),

unseen as (

    select *
    from known
    {%- if is_incremental() %}
    where
        (_entity_key, _model, _model_version, _input_fingerprint) not in (
            select (_entity_key, _model, _model_version, _input_fingerprint)
            from ({{ goldloop.latest_inferences(this, 'customer_id') }})
        )
    {%- endif %}

),

final as (

    select
        one.customer_id,
        one.place,
        one.product_id,
        one.score,
        one.segment,
        one.device_kind,
        one.known_by,
        one.because_product_id,
        one.because_weight,
        one.broken_product_id,
        one.replacement_severity,
        unseen.as_of,
        unseen._model,
        unseen._model_version,
        unseen._predicted_at,
        unseen._invocation_id,
        unseen._entity_key,
        unseen._input_fingerprint
    from unseen
    cross join unnest(unseen.recommended) as places (one)

)

select * from final
