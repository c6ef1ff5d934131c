using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace SafeLaunch.Templates.Tests;

/// <summary>The template mvc --auth Individual, which reads its connection string before it builds its host.</summary>
public sealed partial class IdentityTests
{
    private const string Program = "TemplateMvc";
    private const string Email = "alice@example.com";
    private const string Key = "ConnectionStrings:DefaultConnection";

    private string home = "";
    private string database = "";

    [SetUp]
    public void CopyTheEmptyDatabase()
    {
        this.home = Directory.CreateTempSubdirectory("home.").FullName;
        this.database = Path.Combine(this.home, "test.db");
        File.Copy(Path.Combine(BuiltTemplates.Folder, Program, "app.db"), this.database);
    }

    [TearDown]
    public void DeleteIt() => Directory.Delete(this.home, recursive: true);

    [Test]
    public async Task A_connection_string_of_Configuration_wins_and_the_database_of_the_developer_is_not_touched()
    {
        using var caller = new Caller(Program, "entry-point", home: this.home, configuration: $"{Key}=DataSource={this.database}");

        await this.RegistersInTheTestDatabaseAloneAsync(caller);
    }

    [Test]
    public async Task A_program_that_is_launched_by_its_path_writes_to_SQLite_by_the_native_library_that_it_brings()
    {
        using var caller = new Caller(Path.Combine(BuiltTemplates.OutputOf(Program), Program + ".dll"), "entry-point", home: this.home, configuration: $"{Key}=DataSource={this.database}");

        await this.RegistersInTheTestDatabaseAloneAsync(caller);
    }

    [Test]
    public async Task The_user_secrets_of_the_program_are_read_in_Development()
    {
        var project = await File.ReadAllTextAsync(Path.Combine(BuiltTemplates.Folder, Program, $"{Program}.csproj"));
        var secrets = Directory.CreateDirectory(Path.Combine(this.home, ".microsoft", "usersecrets", SecretsId().Match(project).Groups["id"].Value));
        await File.WriteAllTextAsync(Path.Combine(secrets.FullName, "secrets.json"), $$"""{ "{{Key}}": "DataSource={{this.database}}" }""");
        using var caller = new Caller(Program, "entry-point", "Development", this.home);

        await this.RegistersInTheTestDatabaseAloneAsync(caller);
    }

    [GeneratedRegex("<UserSecretsId>(?<id>.*)</UserSecretsId>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex SecretsId();

    [GeneratedRegex("""name="__RequestVerificationToken" type="hidden" value="(?<token>[^"]*)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Token();

    private static async Task<HttpStatusCode> RegisterAsync(Uri address)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { Timeout = Gate.Patience };
        var page = new Uri(address, "/Identity/Account/Register");
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Input.Email"] = Email,
            ["Input.Password"] = "Passw0rd!",
            ["Input.ConfirmPassword"] = "Passw0rd!",
            ["__RequestVerificationToken"] = Token().Match(await client.GetStringAsync(page)).Groups["token"].Value,
        });
        using var response = await client.PostAsync(page, form);
        return response.StatusCode;
    }

    /// <summary>SQLite writes into a file beside the database first.</summary>
    private static bool IsRegisteredIn(string database) =>
        Directory.EnumerateFiles(Path.GetDirectoryName(database)!, Path.GetFileName(database) + "*")
            .Any(file => File.ReadAllText(file, Encoding.Latin1).Contains(Email, StringComparison.Ordinal));

    private async Task RegistersInTheTestDatabaseAloneAsync(Caller caller)
    {
        var address = await caller.StartAsync();

        Assert.That(await RegisterAsync(address!), Is.EqualTo(HttpStatusCode.Redirect));

        Assert.That(IsRegisteredIn(this.database), Is.True);
        Assert.That(IsRegisteredIn(Path.Combine(BuiltTemplates.Folder, Program, "app.db")), Is.False, "the database of the project");
        Assert.That(IsRegisteredIn(Path.Combine(BuiltTemplates.Output, "app.db")), Is.False, "the database of the build");
    }
}
