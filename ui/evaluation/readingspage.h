#pragma once

#include "ui/evaluation/readingitems.h"
#include "ui/gallery/pageactions.h"

#include <QWidget>

#include <memory>
#include <vector>

class QAction;
class QComboBox;
class QLabel;
class QToolButton;

namespace digitpad {

class ImageGallery;
class ReadingDetail;

/// The images of an evaluation, the misread ones first: filtered, sorted, enlarged, and handed on. What is
/// done with them is the tab's. GUI thread only.
class ReadingsPage : public QWidget
{
    Q_OBJECT

public:
    explicit ReadingsPage(QWidget* parent = nullptr);
    ~ReadingsPage() override;

    /// Null for nothing. Where `keepPlace`, the same image stays current, if it is still there.
    void setEvaluation(std::shared_ptr<const EvaluationData> evaluation, bool keepPlace);
    /// Empty where labels can be changed; otherwise why not.
    void setEditable(const QString& whyNot);
    void setUndo(const QString& what);
    void setFilter(const ReadingItems::Filter& filter);
    /// Makes it the current one, if it is shown.
    void setCurrentImage(std::size_t image);
    void focusGallery();
    [[nodiscard]] ReadingItems* items() const { return m_items; }
    [[nodiscard]] ImageGallery* gallery() const { return m_gallery; }
    /// Places in the set, ascending.
    [[nodiscard]] std::vector<std::size_t> selectedImages() const;

Q_SIGNALS:
    void padRequested(std::size_t image);
    void copyRequested(std::size_t image);
    void relabelRequested(int digit);
    void undoRequested();

private:
    void makeActions();
    QWidget* makeHead();
    void connectParts();
    void fillFilters();
    void onSelection();
    void openLarge(int row);
    void showMenu(QPoint place);

    ReadingItems* m_items;
    ImageGallery* m_gallery;
    ReadingDetail* m_detail = nullptr;
    std::vector<ReadingItems::Filter> m_filters; ///< One for each entry of the box.
    QComboBox* m_filter = nullptr;
    QComboBox* m_order = nullptr;
    QToolButton* m_smaller = nullptr;
    QToolButton* m_larger = nullptr;
    QLabel* m_count = nullptr;
    QAction* m_open = nullptr;
    QAction* m_pad = nullptr;
    QAction* m_copy = nullptr;
    RelabelActions m_relabel;
    QAction* m_undo = nullptr;
    bool m_editable = false;
};

} // namespace digitpad
