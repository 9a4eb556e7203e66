-- name: add
insert into credit_enquiry (
    b, enquiry_id, customer_id, checkout_id, purpose, bureau, is_stand_in, is_answered, reference, asked_at
)
values (
    %(b)s, %(enquiry_id)s, %(customer_id)s, %(checkout_id)s, %(purpose)s, %(bureau)s, %(is_stand_in)s,
    %(is_answered)s, %(reference)s, %(asked_at)s
)
on conflict (b, enquiry_id) do nothing

-- name: of_customer
select
    enquiry.b, enquiry.enquiry_id, enquiry.customer_id, enquiry.checkout_id, enquiry.purpose, enquiry.bureau,
    enquiry.is_stand_in, enquiry.is_answered, enquiry.reference, enquiry.asked_at, agreed.given_at as authorised_at
from credit_enquiry as enquiry
left join lateral (
    select max(consent.given_at) as given_at
    from consent
    where
        consent.b = %(b)s
        and consent.customer_id = enquiry.customer_id
        and consent.purpose = 'credit_enquiry'
        and consent.given_at <= enquiry.asked_at
) as agreed on true
where enquiry.b = %(b)s and enquiry.customer_id = %(customer_id)s
order by enquiry.asked_at desc, enquiry.enquiry_id desc

-- name: listed
-- fan-out: every question put to a bureau, over all buckets
select
    enquiry.b, enquiry.enquiry_id, enquiry.customer_id, enquiry.checkout_id, enquiry.purpose, enquiry.bureau,
    enquiry.is_stand_in, enquiry.is_answered, enquiry.reference, enquiry.asked_at, agreed.given_at as authorised_at
from credit_enquiry as enquiry
left join lateral (
    select max(consent.given_at) as given_at
    from consent
    where
        consent.b = enquiry.b
        and consent.customer_id = enquiry.customer_id
        and consent.purpose = 'credit_enquiry'
        and consent.given_at <= enquiry.asked_at
) as agreed on true
where
    (%(purpose)s::text is null or enquiry.purpose = %(purpose)s)
    and (%(customer_id)s::uuid is null or enquiry.customer_id = %(customer_id)s)
    and (not %(is_unanswered)s or not enquiry.is_answered)
    and (%(from_at)s::timestamptz is null or enquiry.asked_at >= %(from_at)s)
    and (%(until_at)s::timestamptz is null or enquiry.asked_at < %(until_at)s)
