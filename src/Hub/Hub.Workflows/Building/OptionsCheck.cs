using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Hub.Workflows.Yaml;

namespace Hub.Workflows.Building;

/// <summary>Checks bound options by their attributes and their own <see cref="IValidatableObject.Validate"/>, in the words and places of the file.</summary>
internal sealed class OptionsCheck(BindingContext context)
{
    public void Check(object options, OptionsShape shape, ConfigMap map, string key)
    {
        var before = context.Mistakes.Count;
        foreach (var option in shape.Options)
        {
            foreach (var attribute in option.Property.GetCustomAttributes<ValidationAttribute>(inherit: true))
                Attribute(options, option, attribute, map, key);
        }

        if (options is IValidatableObject self)
            Own(self, shape, map, key, isRestValid: context.Mistakes.Count == before);
    }

    private void Attribute(object options, OptionsShape.Option option, ValidationAttribute attribute, ConfigMap map, string key)
    {
        var value = option.Property.GetValue(options);
        var node = Written(option, map, out var name);
        var path = $"{key}.{name}";
        if (attribute is RequiredAttribute)
        {
            // A reference is a struct: whether it was written is what counts, not its value.
            if (node is null || value is null or "")
                Add(node, map, path, "This key is missing and must be written.");
            return;
        }

        if (attribute.GetValidationResult(value, new ValidationContext(options) { MemberName = option.Property.Name, DisplayName = name }) is not { } fault)
            return;
        Add(node, map, path, attribute is RangeAttribute { ErrorMessage: null, ErrorMessageResourceName: null } range && node is not null
            ? string.Create(CultureInfo.InvariantCulture, $"{BindingContext.Found(node, path)} stands here; a number from {range.Minimum} to {range.Maximum} is needed.")
            : fault.ErrorMessage ?? "The value is not valid.");
    }

    private void Own(IValidatableObject options, OptionsShape shape, ConfigMap map, string key, bool isRestValid)
    {
        try
        {
            foreach (var fault in options.Validate(new ValidationContext(options)))
            {
                var option = shape.Options.FirstOrDefault(o => fault.MemberNames.Contains(o.Property.Name));
                var name = "";
                var node = option is null ? null : Written(option, map, out name);
                Add(node, map, option is null ? key : $"{key}.{name}", fault.ErrorMessage ?? "The value is not valid.");
            }
        }
        catch (Exception) when (!isRestValid)
        {
            // The class may rely on its attributes, and one of them has its own mistake already.
        }
    }

    /// <summary>What has a mistake of its own, or holds something that has, gets no second one.</summary>
    private void Add(ConfigNode? node, ConfigMap map, string path, string message)
    {
        if (!context.Mistakes.Any(m => m.Key == path || m.Key.StartsWith($"{path}.", StringComparison.Ordinal) || m.Key.StartsWith($"{path}[", StringComparison.Ordinal)))
            context.Mistake(node?.Line ?? map.Line, path, message);
    }

    private static ConfigNode? Written(OptionsShape.Option option, ConfigMap map, out string name)
    {
        name = option.Keys.FirstOrDefault(map.Members.ContainsKey) ?? option.Keys[0];
        return map.Members.GetValueOrDefault(name);
    }
}
