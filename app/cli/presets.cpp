#include "app/cli/commands.h"
#include "app/cli/jsontext.h"
#include "app/cli/output.h"

namespace digitpad::cli {

using namespace Qt::StringLiterals;

namespace {

QByteArray json(const Preset& preset)
{
    const RunOptions options = withPreset(preset, RunOptions());
    return jsonLine(QJsonObject{{u"name"_s, preset.name},
                                {u"title"_s, preset.title},
                                {u"explanation"_s, preset.explanation},
                                {u"options"_s, toJson(options)}});
}

QByteArray text(const Preset& preset)
{
    return u"%1  %2\n    %3\n"_s.arg(preset.name, -12).arg(preset.title, preset.explanation).toUtf8();
}

} // namespace

int runPresets(const PresetsOptions& options, Output& output)
{
    for (const Preset& preset : presets()) {
        output.write(options.json ? json(preset) : text(preset));
    }
    return Done;
}

} // namespace digitpad::cli
