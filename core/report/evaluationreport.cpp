#include "core/report/evaluationreport.h"

#include <QFileInfo>
#include <QJsonDocument>
#include <QSaveFile>

namespace digitpad {

using namespace Qt::StringLiterals;

namespace {

const QStringList& endings()
{
    static const QStringList all{u"html"_s, u"pdf"_s, u"csv"_s, u"json"_s};
    return all;
}

QByteArray contentOf(const EvaluationData& data, const QString& ending)
{
    if (ending == u"html") {
        return evaluationHtml(data);
    }
    if (ending == u"pdf") {
        return evaluationPdf(data);
    }
    return ending == u"csv" ? evaluationCsv(data) : QJsonDocument(evaluationJson(data)).toJson();
}

Result<void> writeFile(const QString& path, const QByteArray& content)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size() || !file.commit()) {
        return Error{ErrorCode::Io, u"The report could not be written to “%1” (%2); choose another place."_s
                                        .arg(path, file.errorString())
                                        .toStdString()};
    }
    return {};
}

} // namespace

Result<void> checkReportPath(const QString& path)
{
    const QString ending = QFileInfo(path).suffix().toLower();
    if (ending.isEmpty() || endings().contains(ending)) {
        return {};
    }
    return Error{ErrorCode::InvalidInput,
                 u"“%1” is no kind of report; choose a name that ends in .html, .pdf, .csv or .json, or one "
                 "without an ending for all four."_s.arg(path)
                     .toStdString()};
}

Result<QStringList> writeEvaluationReport(const EvaluationData& data, const QString& path)
{
    if (const auto possible = checkReportPath(path); !possible) {
        return possible.error();
    }
    const QString given = QFileInfo(path).suffix().toLower();
    QStringList written;
    for (const QString& ending : given.isEmpty() ? endings() : QStringList{given}) {
        const QString file = given.isEmpty() ? path + u'.' + ending : path;
        if (const auto done = writeFile(file, contentOf(data, ending)); !done) {
            return done.error();
        }
        written += file;
    }
    return written;
}

} // namespace digitpad
