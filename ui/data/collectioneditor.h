#pragma once

#include "core/data/digitset.h"
#include "core/data/mydigits.h"

#include <QObject>

#include <functional>
#include <memory>
#include <vector>

namespace digitpad {

/// Relabels and excludes drawings of a collection that is being explored: My digits, or a file of the
/// person's own (.jsonl), which is opened for that with the first change and not before. Each change can be
/// undone. GUI thread only.
class CollectionEditor : public QObject
{
    Q_OBJECT

public:
    /// `mine` outlives the editor.
    explicit CollectionEditor(MyDigits* mine, QObject* parent = nullptr);
    ~CollectionEditor() override;

    /// Nothing can be edited.
    void close();
    /// `ids` are My digits' in the order of the explored samples.
    void editMine(std::vector<quint64> ids);
    /// `images` are what was read of the file, sample by sample; those labelled noDigitLabel cannot be
    /// edited.
    void editFile(const QString& path, std::shared_ptr<const DigitSet> images);
    [[nodiscard]] bool editsMine() const { return m_target == Target::Mine; }

    void relabel(const std::vector<std::size_t>& samples, int digit);
    void exclude(const std::vector<std::size_t>& samples);
    void undo();
    /// What undo() would take back; empty for nothing.
    [[nodiscard]] QString undoText() const { return m_undoText; }
    /// My digits' id of a sample; 0 where they are not edited.
    [[nodiscard]] quint64 idOfMine(std::size_t sample) const;

Q_SIGNALS:
    /// In the past tense, for the person: "3 drawings relabelled as 7."
    void done(const QString& what);
    /// A sentence for the person.
    void failed(const QString& message);
    /// The file is another: to be read again. My digits say so themselves.
    void fileChanged();
    void undoChanged();

private:
    enum class Target { None, Mine, File };
    using Change = std::function<std::vector<MyDigit>(MyDigits&, const std::vector<quint64>&)>;
    /// What was done to so many drawings.
    using Words = std::function<QString(std::size_t)>;

    void forgetUndo();
    void change(const std::vector<std::size_t>& samples, Words words, Change change);
    void openFile();
    void onFileState();
    [[nodiscard]] bool takeIds();
    void apply();

    MyDigits* m_mine;
    Target m_target = Target::None;
    std::vector<quint64> m_ids;
    QString m_path;
    std::shared_ptr<const DigitSet> m_images;
    std::unique_ptr<MyDigits> m_file;
    std::vector<MyDigit> m_before; ///< For undo().
    QString m_undoText;
    struct Pending
    {
        std::vector<std::size_t> samples;
        Words words;
        Change change;
    };
    Pending m_pending; ///< Waits until the file is open; without a change where nothing does.
};

} // namespace digitpad
