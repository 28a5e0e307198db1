#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/output.h"
#include "core/learning/engineloader.h"

namespace digitpad::cli {

using namespace Qt::StringLiterals;

int runVersion(Output& output)
{
    output.write(
        u"DigitPad %1\nQt %2\n"_s.arg(QStringLiteral(DIGITPAD_VERSION), QLatin1StringView(qVersion()))
            .toUtf8());
    const Result<const Engine*> engine = loadEngine();
    if (!engine) {
        output.write("LibTorch could not be loaded\n");
        say(engine.error());
        return Done; // the versions were asked for, and the program has one without LibTorch too
    }
    const EngineInfo info = (*engine)->info();
    const QString blas = info.blas.empty() ? u"unknown BLAS"_s : QString::fromStdString(info.blas);
    output.write(u"LibTorch %1 (%2)\n"_s.arg(QString::fromStdString(info.libtorchVersion), blas).toUtf8());
    return Done;
}

} // namespace digitpad::cli
