{#
    The feeds. `event_at`: the column with a record's own time, if it has one;
    `required`: what a record must have besides; `references`: columns that
    name a record of another feed, by the column of the same name there;
    `is_daily`: something happens every day, so that old news is a late file.
#}
{% macro feeds() %}
{{ return({
    "products": {
        "required": ["product_id"],
        "event_at": "updated_at",
        "references": {},
    },
    "stores": {
        "required": ["store_id"],
        "event_at": none,
        "references": {},
    },
    "customers": {
        "required": ["customer_id"],
        "event_at": "updated_at",
        "is_daily": true,
        "references": {},
    },
    "purchase_orders": {
        "required": ["purchase_order_id", "line_number"],
        "event_at": "updated_at",
        "is_daily": true,
        "references": {"store_id": "stores", "product_id": "products"},
    },
    "sales": {
        "required": ["order_id", "line_number", "ordered_at"],
        "event_at": "updated_at",
        "is_daily": true,
        "references": {
            "customer_id": "customers",
            "store_id": "stores",
            "product_id": "products",
        },
    },
    "inventory": {
        "required": ["store_id", "product_id"],
        "event_at": "counted_on",
        "is_daily": true,
        "references": {"store_id": "stores", "product_id": "products"},
    },
    "returns": {
        "required": ["return_id"],
        "event_at": "returned_at",
        "is_daily": true,
        "references": {"order_id": "sales", "product_id": "products"},
    },
    "reviews": {
        "required": ["review_id", "sentence"],
        "event_at": "posted_at",
        "references": {"product_id": "products"},
    },
    "repair_requests": {
        "required": ["request_id"],
        "event_at": "requested_at",
        "references": {
            "customer_id": "customers",
            "product_id": "products",
            "store_id": "stores",
        },
    },
    "photo_manifest": {
        "required": ["photo_id"],
        "event_at": "taken_at",
        "references": {
            "request_id": "repair_requests",
            "unit_id": "factory_inspections",
        },
    },
    "photographs": {
        "required": ["photo_id"],
        "event_at": none,
        "references": {},
    },
    "photo_checks": {
        "required": ["photo_id", "in_view"],
        "event_at": "checked_at",
        "references": {"photo_id": "photo_manifest"},
    },
    "repair_chats": {
        "required": ["chat_id", "messages"],
        "event_at": "started_at",
        "references": {"request_id": "repair_requests"},
    },
    "chat_annotations": {
        "required": ["chat_id", "message_number", "intent"],
        "event_at": "annotated_at",
        "references": {"chat_id": "repair_chats"},
    },
    "dialogue_panel": {
        "required": ["conversation_id", "messages"],
        "event_at": "started_at",
        "references": {},
    },
    "quote_decisions": {
        "required": ["request_id", "quoted_price", "is_accepted"],
        "event_at": "decided_at",
        "references": {"request_id": "repair_requests"},
    },
    "repair_outcomes": {
        "required": ["request_id"],
        "event_at": "updated_at",
        "references": {"request_id": "repair_requests"},
    },
    "factory_inspections": {
        "required": ["unit_id"],
        "event_at": "inspected_at",
        "references": {"product_id": "products"},
    },
    "inspector_labels": {
        "required": ["unit_id", "damage_type"],
        "event_at": "labelled_at",
        "references": {"unit_id": "factory_inspections"},
    },
    "batch_audits": {
        "required": ["batch_id"],
        "event_at": "audited_at",
        "references": {"batch_id": "factory_inspections"},
    },
    "factory_holdout_labels": {
        "required": ["unit_id"],
        "event_at": none,
        "references": {"unit_id": "factory_inspections"},
    },
    "holdout_labels": {
        "required": ["photo_id"],
        "event_at": none,
        "references": {"photo_id": "photo_manifest"},
    },
}) }}
{% endmacro %}
