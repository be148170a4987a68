{{ goldloop.latest_inferences(ref('inferred_price'), 'job_id') }}
