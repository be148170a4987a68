{#-
    Would suspicion have found the labels that technicians put right by themselves?
    What they have not corrected is not known to be right: precision is a lower bound.
-#}

with

labels as (

    select * from {{ ref('suspect_labels') }}

),

counted as (

    select
        count(*) as n_labels,
        count(*) filter (is_corrected) as n_corrected,
        count(*) filter (first_was_suspect) as n_suspect,
        count(*) filter (first_was_suspect and is_corrected) as n_found
    from labels

),

shares as (

    select
        *,
        n_suspect / n_labels as suspect_share,
        n_found / nullif(n_corrected, 0) as recall,
        n_found / nullif(n_suspect, 0) as precision_at_least
    from counted

),

final as (

    select
        *,
        {{ wilson_interval('recall', 'n_corrected') }}
    from shares

)

select * from final
