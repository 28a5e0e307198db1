// What the form remembers from one time to the next.
#include "ui/training/datachooser.h"
#include "ui/training/disclosure.h"
#include "ui/training/formsection.h"
#include "ui/training/trainingform.h"

#include <QLoggingCategory>
#include <QSettings>

namespace digitpad {

namespace {

Q_LOGGING_CATEGORY(formLog, "digitpad.trainingform")

QString optionsKey()
{
    return QStringLiteral("training/options");
}

/// The sections that are open, and those that are not: one that is new begins as it is made.
QString openKey(const QString& name)
{
    return QStringLiteral("training/open/") + name;
}

} // namespace

QList<Disclosure*> TrainingForm::disclosures() const
{
    QList<Disclosure*> all{m_dataSection};
    for (const FormSection* section : m_sections.all()) {
        all += section->disclosure();
        if (section->more() != nullptr) {
            all += section->more();
        }
    }
    return all;
}

void TrainingForm::save()
{
    if (m_loading) {
        return;
    }
    m_saving.stop();
    QSettings settings;
    m_data->save(settings);
    settings.setValue(optionsKey(), QString::fromUtf8(optionsFileText(runOptions())));
    settings.setValue(openKey(QStringLiteral("data")), m_dataSection->isOpen());
    for (const FormSection* section : m_sections.all()) {
        settings.setValue(openKey(section->name()), section->disclosure()->isOpen());
        if (section->more() != nullptr) {
            settings.setValue(openKey(section->name() + QStringLiteral("More")), section->more()->isOpen());
        }
    }
}

void TrainingForm::restore()
{
    const QSettings settings;
    const auto open = [&settings](Disclosure* disclosure, const QString& name) {
        disclosure->setOpen(settings.value(openKey(name), disclosure->isOpen()).toBool());
    };
    open(m_dataSection, QStringLiteral("data"));
    for (FormSection* section : m_sections.all()) {
        open(section->disclosure(), section->name());
        if (section->more() != nullptr) {
            open(section->more(), section->name() + QStringLiteral("More"));
        }
    }
    m_data->restore(settings);
    const QByteArray text = settings.value(optionsKey()).toString().toUtf8();
    if (text.isEmpty()) {
        restoreOldSettings();
        return;
    }
    if (const auto read = parseOptionsFile(text, QStringLiteral("settings"))) {
        setRunOptions(read->options);
    } else {
        // Of another version of the program; the defaults take their place.
        qCInfo(formLog).noquote() << QString::fromStdString(read.error().message);
    }
}

/// Each option had a key of its own before.
void TrainingForm::restoreOldSettings()
{
    const QSettings settings;
    RunOptions options = runOptions();
    TrainingOptions& training = options.training;
    const auto text = [&settings](const char* key, std::string& value) {
        value = settings.value(QLatin1String(key), QString::fromStdString(value)).toString().toStdString();
    };
    const auto number = [&settings](const char* key, int& value) {
        const int written = settings.value(QLatin1String(key), value).toInt();
        value = written > 0 ? written : value;
    };
    text("training/network", training.network);
    text("training/optimizer", training.optimizer);
    text("training/schedule", training.schedule);
    number("training/batchSize", training.batchSize);
    number("training/epochs", training.epochs);
    if (const double rate = settings.value(QStringLiteral("training/learningRate")).toDouble(); rate > 0) {
        training.learningRate = rate;
    }
    const double percent = settings.value(QStringLiteral("training/validationPercent")).toDouble();
    if (percent > 0 && percent < 100) {
        training.validationSplit = percent / 100;
    }
    training.seed = settings.value(QStringLiteral("training/seed"), qulonglong{training.seed}).toULongLong();
    if (settings.value(QStringLiteral("training/normalization")).toString() == u"exact") {
        training.normalization = NormalizationChoice::Exact;
    }
    if (settings.value(QStringLiteral("training/vary")).toBool()) {
        options.data.augmentation = AugmentationOptions::usual();
    }
    setRunOptions(options);
}

} // namespace digitpad
