namespace SafeLaunch.Templates.Tests;

/// <summary>Each template as it is made, launched from a console program that refers to it.</summary>
[Parallelizable(ParallelScope.Children)]
public sealed class TemplateTests
{
    [Test]
    public async Task A_template_that_is_launched_by_its_entry_point_is_at_home(
        [Values("TemplateWeb", "TemplateWebApi", "TemplateWebApp", "TemplateMvc", "TemplateBlazor", "TemplateGrpc", "TemplateWorker")] string program,
        [Values(null, "Development")] string? environment)
    {
        using var caller = new Caller(program, "entry-point", environment);

        await LaunchStopAndLaunchAgainAsync(caller, program);
    }

    [Test]
    public async Task A_template_that_is_launched_by_a_delegate_is_at_home_where_that_passes_its_name_and_folder(
        [Values("TemplateWeb", "TemplateWebApi", "TemplateWebApp", "TemplateMvc", "TemplateBlazor", "TemplateGrpc", "TemplateWorker")] string program)
    {
        using var caller = new Caller(program, "delegate", "Development");

        await LaunchStopAndLaunchAgainAsync(caller, program);
    }

    [Test]
    public async Task A_template_that_is_launched_by_its_path_is_at_home_and_is_unloaded_if_ASP_NET_Core_keeps_no_type_of_it(
        [Values("TemplateWeb", "TemplateWebApp", "TemplateMvc", "TemplateBlazor", "TemplateWorker")] string program,
        [Values] bool isPublished)
    {
        var path = isPublished ? await BuiltTemplates.PublishAsync(program) : Path.Combine(BuiltTemplates.OutputOf(program), program + ".dll");
        using var caller = new Caller(path, "entry-point");

        await LaunchStopAndLaunchAgainAsync(caller, program);

        Assert.That(await caller.CountUnloadedAsync(), Is.EqualTo(program is "TemplateWeb" or "TemplateWorker" ? 3 : 0));
    }

    private static async Task LaunchStopAndLaunchAgainAsync(Caller caller, string program)
    {
        var first = await caller.StartAsync();
        var second = await caller.StartAsync();
        await Visit.LookAsync(program, first);
        await Visit.LookAsync(program, second);
        Assert.That(await caller.StopAsync(), Is.EqualTo("Stopped"));

        Assert.That(await caller.StartAsync(first), Is.EqualTo(first));
        await Visit.LookAsync(program, first);
        Assert.That(await caller.StopAsync(), Is.EqualTo("Stopped"));
        Assert.That(await caller.StopAsync(), Is.EqualTo("Stopped"));
    }
}
