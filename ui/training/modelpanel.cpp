#include "ui/training/modelpanel.h"

#include "core/learning/errorsentence.h"
#include "core/learning/recognizer.h"
#include "core/learning/runfolder.h"
#include "ui/training/trainingtext.h"
#include "ui/widgets/icons.h"

#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QFuture>
#include <QHBoxLayout>
#include <QLabel>
#include <QLoggingCategory>
#include <QPromise>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <QThreadPool>

#include <algorithm>
#include <utility>

namespace digitpad {

namespace {

Q_LOGGING_CATEGORY(modelLog, "digitpad.models")

const QString& folderKey()
{
    static const QString key = QStringLiteral("training/modelFolder");
    return key;
}

QString modelFolder()
{
    return QSettings()
        .value(folderKey(), QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation))
        .toString();
}

QString modelFilter()
{
    return ModelPanel::tr("Models (*.pt)");
}

/// Saves on a thread of the pool; the model lives as long as that takes.
QFuture<Result<void>> saveInPool(const std::shared_ptr<const Model>& model, const QString& path)
{
    auto promise = std::make_shared<QPromise<Result<void>>>();
    auto future = promise->future();
    QThreadPool::globalInstance()->start([promise, model, path] {
        promise->start();
        promise->addResult(model->save(path.toStdString()));
        promise->finish();
    });
    return future;
}

QString epochTitle(const EpochMetrics& epoch)
{
    return ModelPanel::tr("epoch %1, %2").arg(epoch.epoch).arg(percentText(epoch.validationAccuracy, 1));
}

} // namespace

ModelPanel::ModelPanel(Recognizer* recognizer, QWidget* parent)
    : QWidget(parent)
    , m_recognizer(recognizer)
    , m_choice(new QComboBox(this))
    , m_use(new QPushButton(icon(Icon::Pen), tr("&Use for drawing"), this))
    , m_save(new QPushButton(icon(Icon::Save), tr("&Save…"), this))
    , m_load(new QPushButton(icon(Icon::Open), tr("Lo&ad model…"), this))
{
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_choice->setMinimumContentsLength(18);
    m_choice->setObjectName(QStringLiteral("modelChoice"));
    m_choice->setAccessibleName(tr("Trained model"));
    m_choice->setPlaceholderText(tr("None trained yet"));
    m_choice->setToolTip(
        tr("The models trained since the program began. The best one of a run is that of the epoch "
           "with the lowest validation loss; the percentage is its accuracy on the validation images."));
    m_use->setObjectName(QStringLiteral("useForDrawing"));
    m_save->setObjectName(QStringLiteral("saveModel"));
    m_load->setObjectName(QStringLiteral("loadModel"));
    m_load->setToolTip(tr("Reads drawings with a model from a file."));
    connect(m_use, &QPushButton::clicked, this, &ModelPanel::useForDrawing);
    connect(m_save, &QPushButton::clicked, this, &ModelPanel::openSaveDialog);
    connect(m_load, &QPushButton::clicked, this, &ModelPanel::openLoadDialog);
    connect(m_recognizer, &Recognizer::modelChanged, this, &ModelPanel::onModelChanged);
    connect(m_recognizer, &Recognizer::modelFailed, this, &ModelPanel::onModelFailed);
    layOut();
    showButtons();
}

void ModelPanel::layOut()
{
    auto* label = new QLabel(tr("Trained model"), this);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(label);
    layout->addWidget(m_choice, 1);
    layout->addWidget(m_use);
    layout->addWidget(m_save);
    layout->addWidget(m_load);
}

void ModelPanel::addRun(const RunRecord& record, const TrainingResult& result)
{
    if (!result.best) {
        return;
    }
    ++m_runs;
    // A folder that somebody deleted meanwhile keeps nothing.
    const bool kept =
        QFileInfo::exists(bestModelPath(record.folder)) || QFileInfo::exists(lastModelPath(record.folder));
    const EpochMetrics* best = bestEpoch(result);
    if (best == nullptr) {
        add(tr("%1: stopped in its first epoch").arg(record.name), result.best, kept);
    } else if (best->epoch == result.epochs.back().epoch && result.outcome == TrainingOutcome::Completed) {
        add(tr("%1: best and last (%2)").arg(record.name, epochTitle(*best)), result.best, kept);
    } else {
        add(tr("%1: best (%2)").arg(record.name, epochTitle(*best)), result.best, kept);
        const bool stopped = result.outcome == TrainingOutcome::Stopped;
        add(stopped ? tr("%1: last, as it was when stopped").arg(record.name)
                    : tr("%1: last (%2)").arg(record.name, epochTitle(result.epochs.back())),
            result.last, kept);
    }
    chooseNewest();
}

void ModelPanel::add(const QString& title, const std::shared_ptr<const Model>& model, bool kept)
{
    m_choice->addItem(title);
    m_entries.push_back({m_runs, title, {}, kept, model});
}

/// The best model of the newest run.
void ModelPanel::chooseNewest()
{
    const auto first = std::find_if(m_entries.begin(), m_entries.end(),
                                    [this](const Entry& entry) { return entry.run == m_runs; });
    m_choice->setCurrentIndex(static_cast<int>(first - m_entries.begin()));
    showButtons();
}

bool ModelPanel::runSaved(int run) const
{
    return std::any_of(m_entries.begin(), m_entries.end(), [run](const Entry& entry) {
        return entry.run == run && (entry.kept || !entry.fileName.isEmpty());
    });
}

int ModelPanel::unsavedRuns() const
{
    int unsaved = 0;
    for (int run = 1; run <= m_runs; ++run) {
        unsaved += runSaved(run) ? 0 : 1;
    }
    return unsaved;
}

void ModelPanel::chooseUnsaved()
{
    for (int run = m_runs; run >= 1; --run) {
        if (!runSaved(run)) {
            const auto first = std::find_if(m_entries.begin(), m_entries.end(),
                                            [run](const Entry& entry) { return entry.run == run; });
            m_choice->setCurrentIndex(static_cast<int>(first - m_entries.begin()));
            break;
        }
    }
    showButtons();
}

void ModelPanel::showButtons()
{
    const bool any = !m_entries.empty();
    m_choice->setEnabled(any);
    m_use->setEnabled(any);
    m_save->setEnabled(any && !m_saving);
    const QString none = tr("There is no trained model yet; press Start first.");
    m_use->setToolTip(any ? tr("Reads drawings with the model chosen on the left.") : none);
    m_save->setToolTip(
        any ? tr("Saves the model chosen on the left to a file that Python's torch.load opens, too.") : none);
}

void ModelPanel::useForDrawing()
{
    const Entry& entry = m_entries[static_cast<std::size_t>(m_choice->currentIndex())];
    m_waiting = true;
    m_recognizer->useModel(entry.model, entry.fileName.isEmpty() ? entry.title : entry.fileName);
}

void ModelPanel::openSaveDialog()
{
    const Entry& entry = m_entries[static_cast<std::size_t>(m_choice->currentIndex())];
    const QString name =
        QStringLiteral("digits-%1.pt").arg(QString::fromStdString(entry.model->info().network));
    auto* dialog = new QFileDialog(this, tr("Save “%1”").arg(entry.title), modelFolder(), modelFilter());
    dialog->setObjectName(QStringLiteral("saveModelDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("pt"));
    dialog->selectFile(name);
    connect(dialog, &QFileDialog::fileSelected, this, &ModelPanel::save);
    connect(dialog, &QFileDialog::rejected, this, [this] { Q_EMIT saveEnded(false); });
    dialog->open();
}

void ModelPanel::save(const QString& path)
{
    const auto index = static_cast<std::size_t>(m_choice->currentIndex());
    m_saving = true;
    showButtons();
    saveInPool(m_entries[index].model, path).then(this, [this, index, path](const Result<void>& result) {
        onSaved(index, path, result);
    });
}

void ModelPanel::onSaved(std::size_t index, const QString& path, const Result<void>& result)
{
    m_saving = false;
    showButtons();
    if (!result) {
        Q_EMIT message(Tone::Error, sentenceOf(result.error(), modelLog()));
        Q_EMIT saveEnded(false);
        return;
    }
    Entry& entry = m_entries[index];
    entry.fileName = QFileInfo(path).fileName();
    m_choice->setItemText(static_cast<int>(index), tr("%1, saved as %2").arg(entry.title, entry.fileName));
    QSettings().setValue(folderKey(), QFileInfo(path).absolutePath());
    Q_EMIT message(Tone::Success, tr("The model is saved as “%1”.").arg(QDir::toNativeSeparators(path)));
    Q_EMIT saveEnded(true);
}

void ModelPanel::openLoadDialog()
{
    auto* dialog = new QFileDialog(this, tr("Load a model for drawing"), modelFolder(), modelFilter());
    dialog->setObjectName(QStringLiteral("loadModelDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &ModelPanel::load);
    dialog->open();
}

void ModelPanel::load(const QString& path)
{
    QSettings().setValue(folderKey(), QFileInfo(path).absolutePath());
    m_waiting = true;
    m_recognizer->loadModel(path);
}

void ModelPanel::loadAs(const QString& path, const QString& name)
{
    m_waiting = true;
    m_recognizer->loadModelAs(path, name);
}

void ModelPanel::onModelChanged()
{
    if (std::exchange(m_waiting, false)) {
        Q_EMIT message(Tone::Success, tr("The pad now reads with “%1”.").arg(m_recognizer->modelName()));
        Q_EMIT modelInUse(m_recognizer->modelName());
    }
}

void ModelPanel::onModelFailed(const QString& text)
{
    if (std::exchange(m_waiting, false)) {
        Q_EMIT message(Tone::Error, text);
    }
}

} // namespace digitpad
