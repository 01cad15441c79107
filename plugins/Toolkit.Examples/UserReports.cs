using System.Text;
using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Toolkit.Examples;

/// <summary>Four tools over reports of users in an object store.</summary>
internal static class UserReports
{
    private const string Latest = "latest";

    public static IReadOnlyList<AIFunction> Create(UserReportOptions options, IObjectStore store) =>
    [
        HubTool.Create(
            async (string user_id, string? date = null, CancellationToken cancellationToken = default) =>
                Encoding.UTF8.GetString((await store.GetAsync(Key(user_id, date), cancellationToken)).Data.Span),
            "get", Redo.Freely, options.GetDescription),
        HubTool.Create(
            async (string report, string user_id, string? date = null, CancellationToken cancellationToken = default) =>
            {
                try
                {
                    await store.PutAsync(Key(user_id, date), Item(report), cancellationToken);
                    return $"User report for {user_id} with date {Date(date)} added successfully";
                }
                catch (ObjectStoreException)
                {
                    return $"User report for {user_id} with date {Date(date)} already exists";
                }
            }, "put", Redo.Never, options.PutDescription),
        HubTool.Create(
            async (string report, string user_id, string? date = null, CancellationToken cancellationToken = default) =>
            {
                await store.UpsertAsync(Key(user_id, date), Item(report), cancellationToken);
                return $"User report for {user_id} with date {Date(date)} updated";
            }, "update", Redo.Freely, options.UpdateDescription),
        HubTool.Create(
            async (string user_id, string? date = null, CancellationToken cancellationToken = default) =>
            {
                await store.DeleteAsync(Key(user_id, date), cancellationToken);
                return $"User report for {user_id} with date {Date(date)} deleted";
            }, "delete", Redo.Never, options.DeleteDescription),
    ];

    private static string Date(string? date) => string.IsNullOrEmpty(date) ? Latest : date;

    private static string Key(string user, string? date) => $"reports/{user}/{Date(date)}.json";

    private static StoredObject Item(string report) => new(Encoding.UTF8.GetBytes(report), "application/json");
}
