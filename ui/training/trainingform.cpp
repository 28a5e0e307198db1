#include "ui/training/trainingform.h"

#include "ui/training/datachooser.h"
#include "ui/training/disclosure.h"
#include "ui/training/formfield.h"
#include "ui/training/formsection.h"
#include "ui/training/optimisationsection.h"
#include "ui/training/presetbar.h"
#include "ui/training/runsection.h"
#include "ui/training/trainingtext.h"
#include "ui/widgets/taborder.h"

#include <QDragEnterEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QVBoxLayout>

#include <utility>

namespace digitpad {

namespace {

constexpr int saveDelay = 400;  // milliseconds
constexpr int leastWidth = 320; // pixels

/// Somebody is typing into it.
bool beingTyped(const QWidget* editor)
{
    return editor->hasFocus() && (editor->inherits("QAbstractSpinBox") || editor->inherits("QLineEdit"));
}

/// The one options file that is dragged; empty for anything else.
QString draggedFile(const QMimeData* data)
{
    const auto urls = data->urls();
    const QString path = urls.size() == 1 ? urls.first().toLocalFile() : QString();
    return path.endsWith(u".json", Qt::CaseInsensitive) ? path : QString();
}

FormSections completed(FormSections sections, QWidget* parent)
{
    while (!sections.complete()) {
        sections.makeNext(parent);
    }
    return sections;
}

} // namespace

TrainingForm::TrainingForm(const QList<QUrl>& mirrors, QWidget* parent, FormSections sections)
    : QWidget(parent)
    , m_preset(new PresetBar(this))
    , m_dataSection(new Disclosure(tr("Data"), true, this))
    , m_data(new DataChooser(mirrors, this))
    , m_sections(completed(std::move(sections), this))
{
    setLocale(numberLocale());
    setAcceptDrops(true);
    layOut();
    m_saving.setSingleShot(true);
    m_saving.setInterval(saveDelay);
    setRunOptions(RunOptions());
    restore();
    connectParts();
    onChanged();
}

TrainingForm::~TrainingForm()
{
    save();
    // What its parts say while they are destroyed, after this, is nobody's business any more.
    m_data->disconnect(this);
    for (const FormSection* section : m_sections.all()) {
        section->disconnect(this);
    }
}

QSize TrainingForm::sizeHint() const
{
    return QWidget::sizeHint().expandedTo({leastWidth, 0});
}

void TrainingForm::layOut()
{
    m_dataSection->body()->addWidget(m_data);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 6, 0); // Beside it is a scroll bar.
    layout->setSpacing(2);
    layout->addWidget(m_preset);
    layout->addWidget(m_dataSection);
    m_dataSection->setOpen(true);
    for (FormSection* section : m_sections.all()) {
        layout->addWidget(section);
        section->disclosure()->setOpen(section->name() != u"regularisation");
    }
    layout->addStretch();
    orderTabsAsSeen(this);
}

void TrainingForm::connectParts()
{
    m_loading = false;
    connect(&m_saving, &QTimer::timeout, this, &TrainingForm::save);
    connect(m_data, &DataChooser::changed, this, &TrainingForm::onChanged);
    for (const FormSection* section : m_sections.all()) {
        connect(section, &FormSection::edited, this, &TrainingForm::onChanged);
        // What was held back while it was typed is said then.
        connect(section, &FormSection::editingEnded, this, [this] { showProblems(runOptions(), true); });
    }
    const auto all = disclosures();
    for (const Disclosure* disclosure : all) {
        connect(disclosure, &Disclosure::toggled, &m_saving, qOverload<>(&QTimer::start));
    }
    connect(m_preset, &PresetBar::presetChosen, this, &TrainingForm::choosePreset);
    connect(m_preset, &PresetBar::optionsRead, this, &TrainingForm::setRunOptions);
    connect(m_preset, &PresetBar::saveRequested, this,
            [this](const QString& path) { m_preset->save(path, runOptions()); });
    connect(m_sections.optimisation(), &OptimisationSection::findRateRequested, this,
            &TrainingForm::requestRangeTest);
}

RunOptions TrainingForm::runOptions() const
{
    RunOptions options;
    options.data = m_data->source();
    for (const FormSection* section : m_sections.all()) {
        section->store(options);
    }
    return options;
}

void TrainingForm::setRunOptions(const RunOptions& options)
{
    const bool loading = std::exchange(m_loading, true);
    m_data->setSource(options.data);
    for (FormSection* section : m_sections.all()) {
        section->load(options);
    }
    m_loading = loading;
    onChanged();
}

void TrainingForm::setOptions(const TrainingOptions& options)
{
    setRunOptions({dataSource(), options});
}

void TrainingForm::onChanged()
{
    if (m_loading) {
        return;
    }
    const RunOptions now = runOptions();
    for (FormSection* section : m_sections.all()) {
        section->follow(now);
        section->disclosure()->setSummary(section->summary(now));
    }
    m_dataSection->setSummary(m_data->summary());
    m_preset->follow(now);
    showProblems(now, false);
    m_saving.start();
    Q_EMIT changed();
}

QString TrainingForm::presetName() const
{
    return m_preset->presetName();
}

void TrainingForm::choosePreset(const QString& name)
{
    if (const Preset* preset = findPreset(name)) {
        setRunOptions(presetApplied(*preset, runOptions()));
    }
}

QList<QPair<QString, QString>> TrainingForm::problems(const RunOptions& options) const
{
    QList<QPair<QString, QString>> found;
    for (const FormSection* section : m_sections.all()) {
        found += section->unreadable();
    }
    const auto images = m_data->imageCount();
    auto impossible = images ? findProblems(options.training, *images) : findProblems(options.training);
    if (m_cuda) {
        if (const auto device = findDeviceProblem(options.training, *m_cuda)) {
            impossible.push_back(*device);
        }
    }
    for (const OptionProblem& problem : impossible) {
        found.append({QString::fromStdString(problem.option), QString::fromStdString(problem.message)});
    }
    return found;
}

FormField* TrainingForm::field(const QString& option) const
{
    for (const FormSection* section : m_sections.all()) {
        if (FormField* found = section->field(option)) {
            return found;
        }
    }
    return nullptr;
}

bool TrainingForm::showProblems(const RunOptions& options, bool all)
{
    const auto found = problems(options);
    QHash<FormField*, QString> sentences;
    for (const auto& [option, sentence] : found) {
        FormField* at = field(option);
        if (at == nullptr) {
            at = m_data->field(); // Of the options that have no field, only too few images are possible.
        }
        if (!sentences.contains(at)) {
            sentences.insert(at, sentence);
        }
    }
    for (const FormSection* section : m_sections.all()) {
        const auto fields = section->fields();
        for (FormField* one : fields) {
            const bool inPeace = !all && one->error().isEmpty() && beingTyped(one->editor());
            one->setError(inPeace ? QString() : sentences.value(one));
        }
    }
    m_data->field()->setError(sentences.value(m_data->field()));
    return found.isEmpty();
}

void TrainingForm::focusFirstProblem()
{
    for (FormSection* section : m_sections.all()) {
        const auto fields = section->fields();
        for (FormField* one : fields) {
            if (!one->error().isEmpty()) {
                section->showField(one);
                return;
            }
        }
    }
}

bool TrainingForm::check()
{
    const bool possible = showProblems(runOptions(), true);
    const bool dataThere = m_data->check();
    if (!dataThere) {
        m_dataSection->setOpen(true);
    } else if (!possible) {
        focusFirstProblem();
    }
    return possible && dataThere;
}

void TrainingForm::setLocked(const QString& reason)
{
    m_preset->setLocked(reason);
    m_data->setLocked(reason);
    for (FormSection* section : m_sections.all()) {
        section->setLocked(reason);
    }
    setAcceptDrops(reason.isEmpty());
}

void TrainingForm::setEngine(const Engine* engine)
{
    const EngineInfo info = engine != nullptr ? engine->info() : EngineInfo();
    m_cuda = engine != nullptr ? std::optional(info.cuda) : std::nullopt;
    m_sections.run()->setCuda(info.cuda, QString::fromStdString(info.cudaDevice));
    m_sections.optimisation()->setCanTest(engine != nullptr);
    onChanged();
}

void TrainingForm::requestRangeTest()
{
    if (check()) {
        m_sections.optimisation()->showTesting();
        Q_EMIT rangeTestRequested(runOptions());
    }
}

void TrainingForm::showRangeTest(const RateRangeTest& test)
{
    m_sections.optimisation()->showRangeTest(test);
}

void TrainingForm::rangeTestEnded(const QString& problem)
{
    m_sections.optimisation()->rangeTestEnded(problem);
}

void TrainingForm::dragEnterEvent(QDragEnterEvent* event)
{
    if (!draggedFile(event->mimeData()).isEmpty()) {
        event->acceptProposedAction();
    }
}

void TrainingForm::dropEvent(QDropEvent* event)
{
    m_preset->load(draggedFile(event->mimeData()));
    event->acceptProposedAction();
}

} // namespace digitpad
