-- $1: the oldest transaction in flight at the loaded snapshot, or NULL. A row that it or a later one wrote is pending.
SELECT staff.staff_id,
       staff.first_name,
       staff.last_name,
       department.department_name,
       coalesce(department.location, 'unknown') AS location,
       staff.email_address,
       age(staff.xmin) BETWEEN 0 AND age($1::text::xid8::xid)
           OR age(department.xmin) BETWEEN 0 AND age($1::text::xid8::xid) AS is_pending
FROM staff
LEFT JOIN department ON department.department_id = staff.department_id
ORDER BY staff.staff_id;
