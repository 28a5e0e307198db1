#include "ui/data/collectioneditor.h"

#include "ui/training/trainingtext.h"

#include <cstring>
#include <utility>

namespace digitpad {

namespace {

QString drawings(std::size_t count)
{
    return count == 1 ? CollectionEditor::tr("1 drawing")
                      : CollectionEditor::tr("%1 drawings").arg(countText(static_cast<qint64>(count)));
}

} // namespace

CollectionEditor::CollectionEditor(MyDigits* mine, QObject* parent)
    : QObject(parent)
    , m_mine(mine)
{
}

CollectionEditor::~CollectionEditor() = default;

void CollectionEditor::forgetUndo()
{
    m_before.clear();
    m_undoText.clear();
    Q_EMIT undoChanged();
}

void CollectionEditor::close()
{
    if (m_target != Target::None) {
        m_target = Target::None;
        m_pending = {};
        m_file.reset();
        forgetUndo();
    }
}

void CollectionEditor::editMine(std::vector<quint64> ids)
{
    if (m_target != Target::Mine) {
        close();
        m_target = Target::Mine;
    }
    m_ids = std::move(ids);
}

void CollectionEditor::editFile(const QString& path, std::shared_ptr<const DigitSet> images)
{
    if (m_target != Target::File || m_path != path) {
        close();
        m_target = Target::File;
        m_path = path;
    }
    m_images = std::move(images);
    m_ids.clear();
}

quint64 CollectionEditor::idOfMine(std::size_t sample) const
{
    return m_target == Target::Mine && sample < m_ids.size() ? m_ids[sample] : 0;
}

void CollectionEditor::relabel(const std::vector<std::size_t>& samples, int digit)
{
    change(
        samples,
        [digit](std::size_t count) { return tr("%1 relabelled as %2.").arg(drawings(count)).arg(digit); },
        [digit](MyDigits& digits, const std::vector<quint64>& ids) { return digits.relabel(ids, digit); });
}

void CollectionEditor::exclude(const std::vector<std::size_t>& samples)
{
    change(
        samples, [](std::size_t count) { return tr("%1 taken out of the collection.").arg(drawings(count)); },
        [](MyDigits& digits, const std::vector<quint64>& ids) { return digits.remove(ids); });
}

void CollectionEditor::change(const std::vector<std::size_t>& samples, Words words, Change change)
{
    if (m_target == Target::None || samples.empty()) {
        return;
    }
    m_pending = {samples, std::move(words), std::move(change)};
    if (m_target == Target::Mine) {
        apply();
    } else if (!m_file) {
        openFile();
    } else {
        onFileState();
    }
}

void CollectionEditor::openFile()
{
    m_file = std::make_unique<MyDigits>(m_path);
    connect(m_file.get(), &MyDigits::stateChanged, this, &CollectionEditor::onFileState);
    connect(m_file.get(), &MyDigits::changed, this, &CollectionEditor::onFileState);
    connect(m_file.get(), &MyDigits::saved, this, &CollectionEditor::fileChanged);
    connect(m_file.get(), &MyDigits::failed, this, &CollectionEditor::failed);
    m_file->start();
}

/// The pictures of the file's drawings come one by one after the file; only then is it sure which is which.
void CollectionEditor::onFileState()
{
    if (!m_pending.change || m_file->state() == MyDigits::State::Loading) {
        return;
    }
    if (m_file->state() == MyDigits::State::Failed) {
        m_pending = {};
        Q_EMIT failed(m_file->message());
        return;
    }
    for (const MyDigit& digit : m_file->digits()) {
        if (!digit.image) {
            return;
        }
    }
    if (!takeIds()) {
        m_pending = {};
        Q_EMIT failed(
            tr("“%1” is no longer what was read from it, so nothing was changed; read it again (Ctrl+R) "
               "and try once more.")
                .arg(m_path));
        return;
    }
    apply();
}

/// False where the file's drawings are not those that are shown. What is shown as no digit is a line that the
/// collection keeps as it is, or no drawing of the file at all: it has no id.
bool CollectionEditor::takeIds()
{
    const auto& digits = m_file->digits();
    m_ids.clear();
    std::size_t sample = 0;
    const auto passNoDigits = [this, &sample] {
        for (; sample < m_images->size() && m_images->labels[sample] == noDigitLabel; ++sample) {
            m_ids.push_back(0);
        }
    };
    for (const MyDigit& digit : digits) {
        passNoDigits();
        if (sample == m_images->size() || m_images->labels[sample] != digit.digit ||
            std::memcmp(m_images->image(sample), digit.image->pixels.data(), digitPixels) != 0) {
            return false;
        }
        m_ids.push_back(digit.id);
        ++sample;
    }
    passNoDigits();
    return sample == m_images->size();
}

void CollectionEditor::apply()
{
    Pending pending = std::exchange(m_pending, {});
    std::vector<quint64> ids;
    for (const std::size_t sample : pending.samples) {
        if (sample < m_ids.size() && m_ids[sample] != 0) {
            ids.push_back(m_ids[sample]);
        }
    }
    if (ids.empty()) {
        Q_EMIT failed(tr("What is labelled as no digit keeps its label here; select digits."));
        return;
    }
    MyDigits& target = m_target == Target::Mine ? *m_mine : *m_file;
    auto before = pending.change(target, ids);
    if (before.empty()) {
        return; // They were so already.
    }
    m_before = std::move(before);
    m_undoText = pending.words(m_before.size());
    Q_EMIT undoChanged();
    Q_EMIT done(m_undoText);
}

void CollectionEditor::undo()
{
    if (m_undoText.isEmpty()) {
        return;
    }
    (m_target == Target::Mine ? *m_mine : *m_file).restore(m_before);
    forgetUndo();
}

} // namespace digitpad
