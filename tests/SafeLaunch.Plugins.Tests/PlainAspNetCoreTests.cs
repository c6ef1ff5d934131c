using System.Text.Json;

namespace SafeLaunch.Plugins.Tests;

/// <summary>What ASP.NET Core itself holds of a plugin that was unloaded. There is nothing of SafeLaunch in these plugins.</summary>
public sealed class PlainAspNetCoreTests
{
    [Test]
    public void Endpoints_that_were_never_called_are_not_held(
        [Values("TextEndpoint", "ContextEndpoint", "JsonEndpoint", "ParameterEndpoint", "ComponentServer")] string type) =>
        Assert.That(Host.RunOnce(Plain(type), isVisited: false).IsCollected(), Is.True);

    [Test]
    public void Endpoints_that_write_text_are_not_held([Values("TextEndpoint", "ContextEndpoint")] string type) =>
        Assert.That(Host.RunOnce(Plain(type)).IsCollected(), Is.True);

    [Test]
    public void A_type_that_is_serialized_by_reflection_is_held_until_the_serializer_meets_another()
    {
        var unloaded = Host.RunOnce(Plain("JsonEndpoint"));
        Assert.That(unloaded.IsHeld(), Is.True);

        var depth = 1;
        Assert.That(SpinWait.SpinUntil(Meet, Gate.Patience), Is.True);

        // Its cache drops old entries when it is asked for a new one, which other options make of the same type.
        bool Meet()
        {
            JsonSerializer.Serialize(new { Text = "" }, OptionsOf(++depth));
            return !unloaded.IsHeld();
        }

        static JsonSerializerOptions OptionsOf(int depth) => new() { MaxDepth = depth };
    }

    [Test]
    public void A_type_that_is_serialized_by_generated_code_is_not_held() =>
        Assert.That(Host.RunOnce(Plain("SourceGeneratedJsonEndpoint")).IsCollected(), Is.True);

    [Test]
    public void A_type_that_is_a_parameter_of_an_endpoint_is_held() =>
        Assert.That(Host.RunOnce(Plain("ParameterEndpoint")).IsHeld(), Is.True);

    [Test]
    public void A_type_that_is_a_parameter_of_an_endpoint_is_not_held_where_the_code_of_endpoints_is_generated() =>
        Assert.That(Host.RunOnce(Generated("ParameterEndpoint")).IsCollected(), Is.True);

    [Test]
    public void Generated_endpoints_with_generated_serialization_are_not_held() =>
        Assert.That(Host.RunOnce(Generated("SourceGeneratedJsonEndpoint")).IsCollected(), Is.True);

    [Test]
    public void A_controller_is_held_even_if_it_was_never_called([Values] bool isVisited) =>
        Assert.That(Host.RunOnce(Plain("ControllerServer"), isVisited).IsHeld(), Is.True);

    [Test]
    public void A_component_that_was_rendered_is_held() =>
        Assert.That(Host.RunOnce(Plain("ComponentServer")).IsHeld(), Is.True);

    private static TestPlugin Plain(string type) => new("tests/assets/Plugins/PlainPlugin", type);

    private static TestPlugin Generated(string type) => new("tests/assets/Plugins/GeneratedPlugin", type);
}
