select procedure.proname
from pg_proc as procedure
where
    procedure.pronamespace = 'public'::regnamespace
    and procedure.proname = 'post_one'
    and not (procedure.prosecdef and has_function_privilege('fenqi_app', procedure.oid, 'execute'));
