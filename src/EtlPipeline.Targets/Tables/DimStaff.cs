using EtlPipeline.Targets.Language;
using EtlPipeline.Targets.Rows;

namespace EtlPipeline.Targets.Tables;

/// <summary><c>dim_staff</c>: the staff, each with their department.</summary>
internal sealed class DimStaff : Dimension<DimStaff.Staff>
{
    private readonly LookUp<Department> _departments;

    public DimStaff() : base("dim_staff", source: "staff", comment: "The members of staff, each with their department.")
    {
        _departments = LookUp("department", key: "department_id", ReadDepartment);

        IntegerKey("staff_id", from: "staff_id").Comment("The staff member's number in the source.");
        Varchar("first_name", staff => staff.FirstName).Comment("The first name.");
        Varchar("last_name", staff => staff.LastName).Comment("The last name.");
        Varchar("department_name", staff => staff.Department.Name).Comment("The name of the department.");
        Varchar("location", staff => staff.Department.Location ?? Unknown).Comment("Where the department is; unknown if the source doesn't say.");
        Varchar("email_address", staff => staff.EmailAddress).Comment("The email address.");
    }

    protected override Staff Read(SourceRow row) => new(
        FirstName: row.Text("first_name"),
        LastName: row.Text("last_name"),
        Department: row.Find(_departments, "department_id"),
        EmailAddress: row.Text("email_address"));

    private static Department ReadDepartment(SourceRow row) => new(
        Name: row.Text("department_name"),
        Location: row.OptionalText("location"));

    internal sealed record Staff(string FirstName, string LastName, Department Department, string EmailAddress);

    internal sealed record Department(string Name, string? Location);
}
