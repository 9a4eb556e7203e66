select 'instalments foretold of a loan that is not' as what, count(*) as found
from instalment
inner join loan on instalment.b = loan.b and instalment.loan_id = loan.loan_id
where instalment.is_foretold and (not loan.is_steady or instalment.due_on <= loan.booked_on)
having count(*) > 0;
